-- title: 未结业却有证书 | Certificate without completion
-- definition: 培训名额登记为已取证，但没有结业日期。 | A course place has a certificate but no day of completion.
-- advice: 补填结业日期，或更正取证情况。 | Fill in the day of completion, or correct the certificate.
-- severity: error
-- One row per course place; detail is the course.
select community, day, batch, source_row, course as detail, null::varchar as expected
from training
where certificate and completed_on is null
