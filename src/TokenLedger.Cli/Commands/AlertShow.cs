namespace TokenLedger.Cli.Commands;

/// <summary>Which table of alerts CSV and JSON hold.</summary>
internal enum AlertShow
{
    Told,
    Operational,
}
