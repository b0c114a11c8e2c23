{{ config(materialized='view') }}

{{ subject_mart('capacity') }}
