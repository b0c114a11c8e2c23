{{ subject_mart('disputes') }}
