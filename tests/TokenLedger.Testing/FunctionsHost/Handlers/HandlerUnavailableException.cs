namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>There is no handler and there will be none.</summary>
public sealed class HandlerUnavailableException(HandlerState state, string lines)
    : Exception($"The handler is {state}. Its last lines:\n{lines}")
{
    public HandlerState State { get; } = state;
}
