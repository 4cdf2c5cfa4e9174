-- The label that keys begin with: the smallest of those they are linked to.
-- One row per key.
select node, min(least(node, other)) as label
from links
group by node
