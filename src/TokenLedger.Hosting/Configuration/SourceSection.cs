using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads one of <c>TokenLedger:Sources</c>.</summary>
internal static class SourceSection
{
    private static readonly string[] BucketKeys =
        ["Workspace", "Project", "ApiKey", "User", "CostCenter", "Repository"];

    public static SourceConfiguration Read(
        IConfigurationSection section, GitHubConfiguration github, List<string> problems)
    {
        var name = section["Name"] ?? section["Organization"] ?? section["Enterprise"] ?? section["User"];
        if (string.IsNullOrWhiteSpace(name))
            problems.Add($"{section.Path} needs a Name, an Organization, an Enterprise or a User");
        var kind = section["Kind"]?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(kind))
            problems.Add($"{section.Path}:Kind must be github, anthropic, openai or the provider's name");
        foreach (var repository in SectionValues.Texts(section.GetSection("Pays:Repositories"))
            .Where(value => value.Count(letter => letter == '/') != 1))
            problems.Add($"{section.Path}:Pays:Repositories: '{repository}' is not owner/name");
        foreach (var payer in SectionValues.Texts(section.GetSection("Pays:Payers"))
            .Where(value => Payer.Parse(value) is null))
            problems.Add($"{section.Path}:Pays:Payers: '{payer}' is not organization, user:LOGIN, key or unknown");
        var buckets = section.GetSection("Buckets").GetChildren().Select(bucket => ReadBucket(bucket, problems))
            .ToList();
        var apiUrl = SectionValues.Url(section, "ApiUrl", problems);
        var token = SectionValues.Token(section, "Token", problems);
        // The common token is for the common address: another one must be given a token of its own.
        if (string.Equals(kind, BillingAccount.GitHub, StringComparison.Ordinal)
            && (apiUrl is null || apiUrl == github.ApiUrl))
        {
            apiUrl = github.ApiUrl;
            token ??= github.Token;
        }

        var (views, users) = AskedSection.Read(section, kind, problems);
        return new SourceConfiguration
        {
            Name = name ?? "",
            Kind = kind ?? "",
            Organization = section["Organization"],
            Enterprise = section["Enterprise"],
            User = section["User"],
            CostCenter = section["CostCenter"],
            Views = views,
            Users = users,
            ApiUrl = apiUrl,
            Token = token,
            PaysOrganizations = SectionValues.Texts(section.GetSection("Pays:Organizations")),
            PaysRepositories = SectionValues.Texts(section.GetSection("Pays:Repositories")),
            PaysPayers = SectionValues.Texts(section.GetSection("Pays:Payers")),
            Included =
            [
                .. section.GetSection("Included").GetChildren()
                    .Select(grant => IncludedSection.Read(grant, problems)),
            ],
            CreditPools = CreditPoolSection.ReadAll(section, kind, problems),
            Buckets = [.. buckets.Select(bucket => bucket.Scope)],
            ExclusiveBuckets = [.. buckets.Where(bucket => bucket.IsExclusive).Select(bucket => bucket.Scope)],
        };
    }

    private static BucketConfiguration ReadBucket(IConfigurationSection section, List<string> problems)
    {
        var isExclusive = false;
        if (section["Exclusive"] is { } text && !bool.TryParse(text, out isExclusive))
            problems.Add($"{section.Path}:Exclusive must be true or false");
        var match = section.GetSection("Match");
        if (BucketKeys.All(key => match[key] is null) && !isExclusive)
            problems.Add($"{section.Path} matches nothing and declares nothing: give it a Match or Exclusive");
        return new BucketConfiguration(
            new()
            {
                Workspace = match["Workspace"],
                Project = match["Project"],
                ApiKey = match["ApiKey"],
                User = match["User"],
                CostCenter = match["CostCenter"],
                Repository = match["Repository"],
            },
            isExclusive);
    }
}
