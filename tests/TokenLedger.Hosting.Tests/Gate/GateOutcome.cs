namespace TokenLedger.Hosting.Tests.Gate;

/// <summary>How the gate's step ended.</summary>
/// <param name="Code">Its exit code; the job goes on with 0 alone.</param>
/// <param name="Lines">What it said to the runner.</param>
/// <param name="Told">Its outputs, each <c>name=value</c>.</param>
internal sealed record GateOutcome(int Code, string[] Lines, string[] Told)
{
    /// <summary>Its only line.</summary>
    public string Line => Assert.Single(Lines);
}
