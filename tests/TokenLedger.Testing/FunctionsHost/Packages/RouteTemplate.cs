using System.Buffers;

namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>Segments that are equal, ignoring case, or <c>{named}</c> and then anything but empty.</summary>
public sealed class RouteTemplate
{
    private static readonly SearchValues<char> Unsupported = SearchValues.Create("{}*:?=");

    private readonly string[] segments;

    /// <exception cref="InvalidPackageException">Catch-all, optional or constrained: the product has none.</exception>
    public RouteTemplate(string template)
    {
        segments = template.Trim('/').Split('/');
        if (segments.FirstOrDefault(IsUnsupported) is { } segment)
            throw new InvalidPackageException($"The route {template} has {segment}, which no front door of ours has.");
    }

    /// <param name="path">As it was sent, still encoded, without query.</param>
    public bool IsMatch(string path)
    {
        var parts = path.Trim('/').Split('/');
        return parts.Length == segments.Length && segments.Zip(parts).All(pair => IsMatch(pair.First, pair.Second));
    }

    public override string ToString() => "/" + string.Join('/', segments);

    private static bool IsMatch(string segment, string part) => IsParameter(segment)
        ? part.Length > 0
        : string.Equals(segment, Uri.UnescapeDataString(part), StringComparison.OrdinalIgnoreCase);

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static bool IsUnsupported(string segment) => IsParameter(segment)
        ? !segment.EndsWith('}') || segment.Length < 3 || segment.AsSpan(1, segment.Length - 2).ContainsAny(Unsupported)
        : segment.AsSpan().ContainsAny('{', '}');
}
