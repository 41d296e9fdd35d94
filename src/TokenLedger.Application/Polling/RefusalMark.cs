namespace TokenLedger.Application.Polling;

/// <summary>A refused day of a view, as it is kept in its checkpoint.</summary>
/// <param name="Code">The refusal's code.</param>
/// <param name="Message">Its message.</param>
/// <param name="RetryAt">When the provider may be asked for the day again, UTC.</param>
/// <param name="IsOfAccount">Whether no other day of the view is asked for before this one is answered.</param>
internal sealed record RefusalMark(string Code, string Message, DateTimeOffset RetryAt, bool IsOfAccount);
