using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:Storage</c>.</summary>
internal static class StorageSection
{
    private static readonly string[] EndpointKeys = ["BlobEndpoint", "QueueEndpoint", "TableEndpoint"];

    public static (StorageKind Kind, AzureStorageConfiguration Azure) Read(
        IConfigurationSection section, List<string> problems)
    {
        var kind = KindOf(section["Kind"], problems, section.Path);
        var azure = section.GetSection("Azure");
        var configuration = new AzureStorageConfiguration
        {
            ConnectionString = SectionValues.Secret(azure, "ConnectionString", problems),
            AccountName = AccountName(azure, problems),
            BlobEndpoint = SectionValues.Url(azure, "BlobEndpoint", problems),
            QueueEndpoint = SectionValues.Url(azure, "QueueEndpoint", problems),
            TableEndpoint = SectionValues.Url(azure, "TableEndpoint", problems),
        };
        if (azure["ConnectionString"] is not null && azure["AccountName"] is not null)
            problems.Add($"{azure.Path} has a ConnectionString and an AccountName: leave one out");
        var isReachable = azure["ConnectionString"] is not null
            || azure["AccountName"] is not null
            || EndpointKeys.All(key => azure[key] is not null);
        if (kind == StorageKind.Azure && !isReachable)
            problems.Add($"{azure.Path} needs a ConnectionString, an AccountName or all three endpoints");
        return (kind, configuration);
    }

    private static StorageKind KindOf(string? text, List<string> problems, string path)
    {
        if (string.Equals(text, "azure", StringComparison.OrdinalIgnoreCase))
            return StorageKind.Azure;
        if (text is not null && !string.Equals(text, "sqlite", StringComparison.OrdinalIgnoreCase))
            problems.Add($"{path}:Kind must be sqlite or azure");
        return StorageKind.Sqlite;
    }

    // 3 to 24 small letters and digits (Azure Storage naming rules, 2026-10); it becomes part of a host name.
    private static string? AccountName(IConfigurationSection azure, List<string> problems)
    {
        var name = azure["AccountName"];
        if (name is null || (name.Length is >= 3 and <= 24
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))))
            return name;
        problems.Add($"{azure.Path}:AccountName must be 3 to 24 small letters and digits");
        return null;
    }
}
