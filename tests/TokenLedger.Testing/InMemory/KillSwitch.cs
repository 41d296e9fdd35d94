namespace TokenLedger.Testing.InMemory;

/// <summary>Counts the calls of ports, and ends the process before one of them.</summary>
public sealed class KillSwitch
{
    private int? killsBefore;

    /// <summary>The calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Counts from 0 again and ends the process before this call; null for never.</summary>
    public void Arm(int? call)
    {
        Calls = 0;
        killsBefore = call;
    }

    /// <summary>Called by every port before it does anything.</summary>
    public void Count()
    {
        if (Calls == killsBefore)
            throw new ProcessKilledException();
        Calls++;
    }
}
