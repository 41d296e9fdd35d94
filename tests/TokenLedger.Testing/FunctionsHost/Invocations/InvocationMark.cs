namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>What makes one invocation another than the next.</summary>
/// <param name="Id">Sent in <c>X-Azure-Functions-InvocationId</c>.</param>
/// <param name="At">When it was made.</param>
/// <param name="Random">The host's <c>RandGuid</c>.</param>
public sealed record InvocationMark(Guid Id, DateTimeOffset At, Guid Random)
{
    public static InvocationMark Next(TimeProvider time) => new(Guid.NewGuid(), time.GetUtcNow(), Guid.NewGuid());
}
