namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>The host would not start this package, or not as the product needs it.</summary>
public sealed class InvalidPackageException(string message) : Exception(message);
