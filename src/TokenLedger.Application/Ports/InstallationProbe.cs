namespace TokenLedger.Application.Ports;

/// <summary>One installation of the App.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">The login of whoever installed it.</param>
/// <param name="IsSuspended">Whether it is suspended.</param>
/// <param name="IsSelective">Whether it sees selected repositories only.</param>
/// <param name="Permissions">What was accepted: <c>read</c>, <c>write</c> or <c>admin</c> by name.</param>
/// <param name="Token">How the question for a token of it was taken; null when it was not asked.</param>
public sealed record InstallationProbe(
    long Id, string Account, bool IsSuspended, bool IsSelective, IReadOnlyDictionary<string, string> Permissions,
    ProbeAnswer? Token);
