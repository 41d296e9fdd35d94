namespace TokenLedger.Testing.FunctionsHost.Tap;

/// <summary>When an action runs, seen from the storage.</summary>
public enum TapMoment
{
    /// <summary>The call never reaches the storage; the caller's connection is cut after the action.</summary>
    InsteadOfForwarding,

    /// <summary>The call reaches the storage after the action.</summary>
    BeforeForwarding,

    /// <summary>The storage has done the call; the caller does not know yet.</summary>
    BeforeAnswering,
}
