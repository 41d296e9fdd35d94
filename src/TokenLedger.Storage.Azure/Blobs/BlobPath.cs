namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>The address of a blob: every segment encoded, slashes kept.</summary>
internal static class BlobPath
{
    public static string Of(string container, string name)
    {
        BlobLimits.CheckName(name);
        return $"/{container}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";
    }
}
