-- The cells to withhold because of those withheld last: the rest of their breakdown, the same cell
-- of the other communities, that of the district where fewer than three communities make it up (each
-- knows its own), all other levels of a stock, the members of a withheld total, what is left of a
-- whole, and the part where that is withheld.
-- One row per cell.
with reached as (
    select cell from cells
    where breakdown in (select breakdown from newly_withheld)
    union
    select cell from cells
    where not is_district and places in (select places from newly_withheld where not is_district)
    union
    select cell from cells
    where is_district
        and places in (select places from newly_withheld where not is_district)
        and places in (select places from cells where not is_district group by places having count(*) < 3)
    union
    select cell from cells
    where series in (select series from newly_withheld)
    union
    select cell from cells
    where dimension is not null and total in (select total from newly_withheld where dimension is null)
    union
    select cell from rest_cells
    where part in (select cell from newly_withheld) or whole in (select cell from newly_withheld)
    union
    select part from rest_cells
    where cell in (select cell from newly_withheld) and whole not in (select cell from withheld)
)
select cell, breakdown, total, places, series, dimension, is_district from cells semi join reached using (cell) anti join withheld using (cell)
