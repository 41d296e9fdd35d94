namespace TokenLedger.Cli;

/// <summary>The form of a result.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Csv,
    Markdown,
}
