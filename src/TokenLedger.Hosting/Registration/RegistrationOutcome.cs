namespace TokenLedger.Hosting.Registration;

/// <summary>How it ended, as the browser shows it.</summary>
/// <param name="IsDone">Whether the App is there with its key.</param>
/// <param name="Message">What happened; no secret.</param>
public sealed record RegistrationOutcome(bool IsDone, string Message);
