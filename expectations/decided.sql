-- The verdict as the reviewers decided: rejected reports are held whatever the rules say, released ones stand unverified.
-- Reads: verdict (made by evaluate.sql), applied_decision, printed_verdict (the verdict before any decision).

create or replace temp table verdict as
with decided as (
    select
        report_id,
        case when bool_or(decision = 'reject') then 'reject' when bool_or(decision = 'release') then 'release' end as decision
    from applied_decision
    group by report_id
)

select
    verdict.report_id,
    case
        when decided.decision = 'reject' then 'held'
        when decided.decision = 'release' and verdict.verdict = 'held' then 'unverified'
        else verdict.verdict
    end as verdict,
    verdict.gating_compared,
    verdict.gating_failed,
    decided.decision,
    printed_verdict.verdict as printed_verdict
from verdict
left join decided on verdict.report_id = decided.report_id
left join printed_verdict on verdict.report_id = printed_verdict.report_id
order by verdict.report_id;
