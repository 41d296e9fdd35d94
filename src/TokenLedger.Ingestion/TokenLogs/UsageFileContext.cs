using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>What is known of a record file from outside it.</summary>
/// <param name="Source">The file's name for messages.</param>
/// <param name="Phase">The run's phase, from the file's path.</param>
/// <param name="Attempt">The attempt the file is archived under, for records that no window claims.</param>
public sealed record UsageFileContext(string Source, Phase Phase, int Attempt);
