namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// The code and the sentence of each rejection. No sentence repeats log text, which may hold secrets.
/// </summary>
internal static class LineRejections
{
    /// <summary>The problem to show for a rejected line.</summary>
    public static InputProblem Problem(string source, long line, LineRejection rejection)
    {
        var (code, message) = Describe(rejection);
        return new InputProblem(source, line, code, message);
    }

    private static (string Code, string Message) Describe(LineRejection rejection) => rejection switch
    {
        LineRejection.NotJson => ("TL0101", "The line is not valid JSON; fetch the artifact again or remove the line."),
        LineRejection.TooLong => ("TL0102", "The line is over 1 MiB; no usage record is that long. Check the file."),
        LineRejection.CutOff => ("TL0103", "The last line is cut off; the run was probably killed while writing it."),
        LineRejection.InvalidUtf8 => ("TL0104", "The line is not valid UTF-8; check how the file was copied."),
        LineRejection.NotAnObject => ("TL0105", "The line is JSON but no object; only usage records belong here."),
        LineRejection.ForeignSchema => ("TL0106", "The record's _schema is not token-usage/…; check the file."),
        LineRejection.TokenCountNotWhole => (
            "TL0107", "A token count is negative, fractional or no number; the record cannot be counted."),
        LineRejection.TokenCountTooLarge => (
            "TL0108", "A token count is over 1,000,000,000,000,000; the record cannot be right."),
        LineRejection.TimestampMissing => ("TL0109", "The record has no timestamp, so its day is unknown."),
        LineRejection.TimestampInvalid => (
            "TL0110", "The timestamp is not ISO 8601 with Z or an offset, so the record's day is unknown."),
        LineRejection.StatusNotSuccess => ("TL0111", "The status is neither 200 to 299 nor 101: no billed response."),
        LineRejection.NoTokenCount => ("TL0112", "The record holds no token count; unknown usage is not zero usage."),
        LineRejection.NameTooLong => ("TL0113", "Provider, model, purpose or tier is over 256 characters long."),
        LineRejection.TooManySlices => (
            "TL0114", "The run has over 10,000 combinations of day, model and purpose; split the input by run."),
        LineRejection.RunTotalTooLarge => ("TL0115", "The run's tokens would exceed 10^18; check the file's counts."),
        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection, "No rejection."),
    };
}
