namespace TokenLedger.Testing.FunctionsHost.Handlers;

/// <summary>A handler that was started and may have ended.</summary>
public interface IRunningHandler : IAsyncDisposable
{
    /// <summary>The exit code, when it has ended and all its lines are read.</summary>
    Task<int> Exited { get; }

    /// <summary>Ends it at once, without a word to it.</summary>
    void Kill();
}
