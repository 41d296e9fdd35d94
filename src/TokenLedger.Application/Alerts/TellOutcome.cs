namespace TokenLedger.Application.Alerts;

/// <summary>What telling came to.</summary>
public sealed record TellOutcome
{
    /// <summary>Events that are new on a channel.</summary>
    public int New { get; init; }

    /// <summary>Events that were sent.</summary>
    public int Sent { get; init; }

    /// <summary>Events that could not be sent now and are sent again.</summary>
    public int Refused { get; init; }

    /// <summary>Events that were given up.</summary>
    public int Failed { get; init; }

    /// <summary>Events that are recorded and not told.</summary>
    public int Suppressed { get; init; }

    /// <summary>Groups that are due and left to the next time.</summary>
    public int GroupsLeft { get; init; }
}
