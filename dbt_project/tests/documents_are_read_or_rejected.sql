-- A document that was read has a report; one that was rejected has none, and says why.
select
    document.document_id,
    document.status
from {{ ref('provenance_document') }} as document
left join {{ ref('provenance_report') }} as report on document.document_id = report.document_id
group by all
having
    (document.status = 'read') != (count(report.report_id) > 0)
    or (document.status = 'rejected' and max(document.reason) is null)
