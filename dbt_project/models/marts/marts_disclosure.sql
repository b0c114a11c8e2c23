{{ config(materialized='view') }}

{{ subject_mart('disclosure') }}
