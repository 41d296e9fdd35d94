using System.Text;
using System.Text.Json;

namespace TokenLedger.Application.Registration;

/// <summary>
/// A GitHub App as it is to be: it reads runs and artifacts, hears of finished runs, and nothing beside.
/// </summary>
/// <remarks>Fields as GitHub documents the manifest (2026-10).</remarks>
public sealed record AppManifest
{
    /// <summary>The longest name that GitHub takes.</summary>
    public const int NameLengthMax = 34;

    /// <summary>Its name: unique on all of GitHub, changeable on GitHub's page.</summary>
    public required string Name { get; init; }

    /// <summary>Where people read of it.</summary>
    public required Uri HomepageUrl { get; init; }

    /// <summary>Where it is told of runs.</summary>
    public required Uri WebhookUrl { get; init; }

    /// <summary>Whether it may also write reports: issues, and comments on pull requests.</summary>
    public bool WritesReports { get; init; }

    /// <summary>Whether it is also told what becomes of pull requests and issues.</summary>
    public bool FollowsOutcomes { get; init; }

    /// <summary>What it asks for: <c>read</c> or <c>write</c> by name.</summary>
    /// <remarks>A push is told only to who may read contents.</remarks>
    public IReadOnlyList<(string Name, string Level)> Permissions =>
    [
        ("actions", "read"),
        .. FollowsOutcomes ? [("contents", "read")] : Array.Empty<(string, string)>(),
        .. WritesReports || FollowsOutcomes ? [("issues", Level)] : Array.Empty<(string, string)>(),
        ("metadata", "read"),
        .. WritesReports || FollowsOutcomes ? [("pull_requests", Level)] : Array.Empty<(string, string)>(),
    ];

    /// <summary>What it is told of.</summary>
    public IReadOnlyList<string> Events => FollowsOutcomes
        ?
        [
            "workflow_run", "pull_request", "pull_request_review", "pull_request_review_comment",
            "pull_request_review_thread", "issues", "push",
        ]
        : ["workflow_run"];

    private string Level => WritesReports ? "write" : "read";

    /// <summary>The manifest as JSON.</summary>
    /// <param name="redirectUrl">Where GitHub sends the browser back to; null for a manifest that others use.</param>
    public string ToJson(Uri? redirectUrl)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, Name);
            writer.WriteString("url"u8, HomepageUrl.AbsoluteUri);
            writer.WriteString("description"u8, "Reconciles what coding agents cost with the bill.");
            writer.WriteStartObject("hook_attributes"u8);
            writer.WriteString("url"u8, WebhookUrl.AbsoluteUri);
            writer.WriteBoolean("active"u8, true);
            writer.WriteEndObject();
            if (redirectUrl is not null)
                writer.WriteString("redirect_url"u8, redirectUrl.AbsoluteUri);
            writer.WriteBoolean("public"u8, false);
            writer.WriteStartObject("default_permissions"u8);
            foreach (var (name, level) in Permissions)
                writer.WriteString(name, level);
            writer.WriteEndObject();
            writer.WriteStartArray("default_events"u8);
            foreach (var name in Events)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
