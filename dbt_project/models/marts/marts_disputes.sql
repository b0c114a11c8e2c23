{{ config(materialized='view') }}

{{ subject_mart('disputes') }}
