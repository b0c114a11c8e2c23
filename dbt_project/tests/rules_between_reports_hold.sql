-- What rules between reports found, but for mere information: shown, never refused. The rows stand in quality.warehouse_result.
{{ config(severity='warn') }}

select
    report_id,
    identity_id,
    instance_key,
    sentence_zh,
    sentence_en
from {{ ref('quality_warehouse_result') }}
where status = 'FAIL' and severity != 'info'
