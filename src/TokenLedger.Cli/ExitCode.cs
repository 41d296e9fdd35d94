namespace TokenLedger.Cli;

/// <summary>The documented exit codes.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int SomeInputRejected = 3;
    public const int LimitCrossed = 4;
    public const int Cancelled = 130;
}
