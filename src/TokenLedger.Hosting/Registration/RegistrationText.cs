namespace TokenLedger.Hosting.Registration;

/// <summary>What the local page tells, before anything is encoded.</summary>
/// <param name="AppName">The App's name.</param>
/// <param name="Owner">Whose it will be, after "for".</param>
/// <param name="Facts">What it may do and where its secrets go, each with a label.</param>
public sealed record RegistrationText(string AppName, string Owner, IReadOnlyList<(string Label, string Value)> Facts);
