-- Labels that come nearer: smaller ones of linked keys, of those whose labels changed last.
-- One row per key whose label changes.
select links.node, min(changed.label) as label
from changed
join links on links.other = changed.node
join reached on reached.node = links.node
where changed.label < reached.label
group by links.node
