-- Labels that come nearer: smaller ones of linked keys, of those whose labels changed last.
-- One row per key whose label changes.
select links.node, min(changed_labels.label) as label
from changed_labels
join links on links.other = changed_labels.node
join labels on labels.node = links.node
where changed_labels.label < labels.label
group by links.node
