namespace TokenLedger.Domain.Charges;

/// <summary>What a bill says of one dimension of a charge: nothing, explicitly nobody, or a value.</summary>
/// <remarks>
/// The default value is <see cref="NotNamed"/>: the view has no such column, or the cell is empty where empty says
/// nothing (a repository). <see cref="Nobody"/> is an empty cell that does say something (the user of GitHub's AI
/// report: billed to the organisation).
/// </remarks>
public readonly record struct Dimension : IComparable<Dimension>
{
    private Dimension(DimensionState state, string? value)
    {
        State = state;
        Text = value;
    }

    /// <summary>The view says nothing; matches anything.</summary>
    public static Dimension NotNamed => default;

    /// <summary>The view says that nobody is behind the charge.</summary>
    public static Dimension Nobody => new(DimensionState.Nobody, null);

    /// <summary>Which of the three it is.</summary>
    public DimensionState State { get; }

    /// <summary>The value; null unless <see cref="DimensionState.Value"/>.</summary>
    public string? Text { get; }

    /// <summary>Whether the charge names this dimension, be it a value or nobody.</summary>
    public bool IsNamed => State != DimensionState.NotNamed;

    /// <summary>A named value.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public static Dimension Value(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new Dimension(DimensionState.Value, value);
    }

    /// <summary>A value, or not named when the text is empty.</summary>
    public static Dimension ValueOrNotNamed(string? text) =>
        string.IsNullOrWhiteSpace(text) ? NotNamed : Value(text.Trim());

    /// <summary>A value, or nobody when the text is empty.</summary>
    public static Dimension ValueOrNobody(string? text) =>
        string.IsNullOrWhiteSpace(text) ? Nobody : Value(text.Trim());

    /// <summary>
    /// Whether a known value of ours is meant: equal, ignoring ASCII case, or the dimension is not named.
    /// </summary>
    /// <param name="ours">Our value; null matches only <see cref="NotNamed"/>.</param>
    public bool Admits(string? ours) => State switch
    {
        DimensionState.NotNamed => true,
        DimensionState.Value => string.Equals(Text, ours, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>By state, then ordinal.</summary>
    public int CompareTo(Dimension other) =>
        State != other.State ? State.CompareTo(other.State) : string.CompareOrdinal(Text, other.Text);

    /// <summary><c>*</c>, <c>-</c> or <c>=value</c>, so that no value can be mistaken for a state.</summary>
    public override string ToString() => State switch
    {
        DimensionState.NotNamed => "*",
        DimensionState.Nobody => "-",
        _ => "=" + Text,
    };
}
