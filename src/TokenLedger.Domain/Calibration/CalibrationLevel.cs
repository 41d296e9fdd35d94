namespace TokenLedger.Domain.Calibration;

/// <summary>From which days a factor was learned.</summary>
public enum CalibrationLevel
{
    /// <summary>Days of the account's model.</summary>
    Model,

    /// <summary>Days of all models of the account's channel.</summary>
    Channel,

    /// <summary>Days of all models and channels of the account.</summary>
    Account,

    /// <summary>Too few days: nothing was learned.</summary>
    NotIdentifiable,
}
