namespace TokenLedger.Application.Polling;

/// <summary>A day whose bill is due to be looked at.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Since">Since when it is due, UTC.</param>
internal readonly record struct DueDay(DateOnly Day, DateTimeOffset Since);
