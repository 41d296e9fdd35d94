using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>Values of a query, with what is wrong with them.</summary>
internal static class QueryValues
{
    /// <summary>A UTC day that must be there; null with a problem when it is none.</summary>
    public static DateOnly? Day(IQueryCollection query, string name, List<string> problems)
    {
        if (DateOnly.TryParseExact(
            One(query, name, problems), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        problems.Add($"{name} must be a UTC day, yyyy-MM-dd");
        return null;
    }

    /// <summary>A value; null when it is not there or blank, and with a problem when it is there twice.</summary>
    public static string? One(IQueryCollection query, string name, List<string> problems)
    {
        var values = query[name];
        if (values.Count > 1)
            problems.Add($"{name} is given twice");
        return values.Count == 0 || string.IsNullOrWhiteSpace(values[0]) ? null : values[0]!.Trim();
    }
}
