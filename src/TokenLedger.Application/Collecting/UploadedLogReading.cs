namespace TokenLedger.Application.Collecting;

/// <summary>What a message of the queue <c>log-uploaded</c> says.</summary>
/// <param name="Log">The uploaded log; null when the message tells of none.</param>
/// <param name="Fault">Why it tells of none; null when it does.</param>
/// <param name="Path">The blob's path in the archive, hostile text; null where it names no run.</param>
public sealed record UploadedLogReading(UploadedLog? Log, UploadedLogFault? Fault, string? Path = null);
