namespace TokenLedger.Cli.Commands;

/// <summary>
/// The turn to change a price file: between reading and replacing it no other process does, or its change were lost.
/// </summary>
internal sealed class PriceFileTurn : IDisposable
{
    private readonly FileStream held;

    private PriceFileTurn(FileStream held) => this.held = held;

    /// <summary>Takes the turn.</summary>
    /// <exception cref="CommandFailedException">Another process has it, or the folder cannot be written.</exception>
    public static PriceFileTurn Take(string path)
    {
        try
        {
            return new PriceFileTurn(new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            }));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCode.Failed,
                $"{path} cannot be written now: check its folder's permissions, or try again when no other process "
                + "updates it.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();
}
