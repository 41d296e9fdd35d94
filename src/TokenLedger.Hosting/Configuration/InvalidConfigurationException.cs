namespace TokenLedger.Hosting.Configuration;

/// <summary>The configuration cannot be used. The message names everything wrong with it, and no secret.</summary>
public sealed class InvalidConfigurationException(string message) : Exception(message);
