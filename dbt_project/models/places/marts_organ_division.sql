select
    report_id,
    organ_key,
    year,
    division_code,
    division_basis,
    candidate_count,
    township_code
from {{ ref('int_organ_division') }}
