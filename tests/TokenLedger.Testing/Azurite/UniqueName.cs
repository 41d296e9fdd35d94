namespace TokenLedger.Testing.Azurite;

/// <summary>Names that no other test uses, legal for tables, containers and queues alike.</summary>
public static class UniqueName
{
    /// <param name="prefix">Lower-case letters; the name begins with it.</param>
    public static string Next(string prefix) => prefix + Guid.NewGuid().ToString("N")[..16];
}
