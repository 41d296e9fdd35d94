using System.Text.Json;
using System.Text.RegularExpressions;

namespace TokenLedger.Testing.Schemas;

/// <summary>
/// Validates against the part of JSON Schema 2020-12 that our schemas use; an unknown keyword is a failure.
/// </summary>
/// <param name="document">What references lead into.</param>
/// <param name="schema">The schema, a part of the document.</param>
public sealed class SchemaSubset(JsonElement document, JsonElement schema)
{
    private static readonly string[] Annotations = ["$schema", "$id", "title", "description", "$defs"];

    /// <summary>A schema that is a whole document.</summary>
    public SchemaSubset(JsonElement document)
        : this(document, document)
    {
    }

    /// <summary>What is wrong with a value; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate(JsonElement value)
    {
        var problems = new List<string>();
        Validate(schema, value, "$", problems);
        return problems;
    }

    private void Validate(JsonElement part, JsonElement value, string at, List<string> problems)
    {
        foreach (var keyword in part.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)))
        {
            var isValid = keyword.Name switch
            {
                "type" => TypesOf(keyword.Value).Any(type => IsOfType(value, type)),
                "required" => value.ValueKind != JsonValueKind.Object
                    || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "properties" => Properties(keyword.Value, IsOpen(part), value, at, problems),
                "additionalProperties" => keyword.Value.ValueKind == JsonValueKind.True,
                "items" => Items(keyword.Value, value, at, problems),
                "enum" => keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
                "const" => JsonElement.DeepEquals(keyword.Value, value),
                "pattern" => value.ValueKind != JsonValueKind.String
                    || Regex.IsMatch(
                        value.GetString()!, keyword.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)),
                "minimum" => value.ValueKind != JsonValueKind.Number
                    || value.GetDecimal() >= keyword.Value.GetDecimal(),
                "format" => value.ValueKind != JsonValueKind.String
                    || IsOfFormat(value.GetString()!, keyword.Value.GetString()!),
                "$ref" => Follow(keyword.Value.GetString()!, value, at, problems),
                _ => throw new InvalidOperationException(
                    $"{at}: the validator does not know the keyword {keyword.Name}."),
            };
            if (!isValid)
                problems.Add($"{at}: {keyword.Name} {keyword.Value}");
        }
    }

    private static IEnumerable<string> TypesOf(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(one => one.GetString()!)
        : [type.GetString()!];

    private static bool IsOfType(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.IsInteger(value.GetDecimal()),
        _ => false,
    };

    private static bool IsOfFormat(string text, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "date-time" => DateTimeOffset.TryParse(text, out _),
        _ => throw new InvalidOperationException($"The validator does not know the format {format}."),
    };

    private static bool IsOpen(JsonElement part) => part.TryGetProperty("additionalProperties", out _);

    private bool Properties(JsonElement schemas, bool isOpen, JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return true;
        foreach (var property in value.EnumerateObject())
        {
            if (schemas.TryGetProperty(property.Name, out var part))
                Validate(part, property.Value, $"{at}.{property.Name}", problems);
            else if (!isOpen)
                problems.Add($"{at}.{property.Name}: our own artifacts have no field that the schema lacks");
        }

        return true;
    }

    private bool Items(JsonElement part, JsonElement value, string at, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (number, item) in value.EnumerateArray().Index())
                Validate(part, item, $"{at}[{number}]", problems);
        }

        return true;
    }

    private bool Follow(string reference, JsonElement value, string at, List<string> problems)
    {
        var target = reference.Split('/').Skip(1).Aggregate(document, (part, name) => part.GetProperty(name));
        Validate(target, value, at, problems);
        return true;
    }
}
