namespace TokenLedger.Cli.Commands;

/// <summary>Which table CSV and JSON hold.</summary>
internal enum CalibrationShow
{
    /// <summary>One row a model.</summary>
    Factors,

    /// <summary>One row a day.</summary>
    Days,
}
