using System.Globalization;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>One typed value of a row. <c>default</c> is no value: setting it leaves the column out.</summary>
public readonly struct TableValue : IEquatable<TableValue>
{
    private readonly object? reference;
    private readonly long bits;

    private TableValue(TableColumnKind kind, object? reference, long bits = 0)
    {
        Kind = kind;
        this.reference = reference;
        this.bits = bits;
        HasValue = true;
    }

    public bool HasValue { get; }

    public TableColumnKind Kind { get; }

    public static implicit operator TableValue(string? value) =>
        value is null ? default : new(TableColumnKind.Text, value);

    public static implicit operator TableValue(int value) => new(TableColumnKind.Int32, null, value);

    public static implicit operator TableValue(long value) => new(TableColumnKind.Int64, null, value);

    public static implicit operator TableValue(bool value) => new(TableColumnKind.Boolean, null, value ? 1 : 0);

    public static implicit operator TableValue(double value) =>
        new(TableColumnKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator TableValue(DateTimeOffset value) =>
        new(TableColumnKind.Instant, null, value.UtcTicks);

    public static implicit operator TableValue(byte[]? value) =>
        value is null ? default : new(TableColumnKind.Binary, value);

    public static implicit operator TableValue(Guid value) => new(TableColumnKind.Guid, value);

    public static bool operator ==(TableValue left, TableValue right) => left.Equals(right);

    public static bool operator !=(TableValue left, TableValue right) => !left.Equals(right);

    /// <exception cref="InvalidCastException">It is of another kind. So for every As….</exception>
    public string AsText() => (string)Reference(TableColumnKind.Text);

    public int AsInt32() => (int)Bits(TableColumnKind.Int32);

    public long AsInt64() => Bits(TableColumnKind.Int64);

    public bool AsBoolean() => Bits(TableColumnKind.Boolean) != 0;

    public double AsDouble() => BitConverter.Int64BitsToDouble(Bits(TableColumnKind.Double));

    public DateTimeOffset AsInstant() => new(Bits(TableColumnKind.Instant), TimeSpan.Zero);

    public byte[] AsBinary() => (byte[])Reference(TableColumnKind.Binary);

    public Guid AsGuid() => (Guid)Reference(TableColumnKind.Guid);

    public bool Equals(TableValue other) => HasValue == other.HasValue && Kind == other.Kind && bits == other.bits
        && (reference is byte[] bytes
            ? other.reference is byte[] others && bytes.AsSpan().SequenceEqual(others)
            : Equals(reference, other.reference));

    public override bool Equals(object? obj) => obj is TableValue other && Equals(other);

    public override int GetHashCode() =>
        HashCode.Combine(Kind, bits, reference is byte[] bytes ? bytes.Length : reference?.GetHashCode() ?? 0);

    /// <summary>For people who debug; rows are written by <see cref="TableEntityJson"/>.</summary>
    public override string ToString() => !HasValue ? "(none)" : Kind switch
    {
        TableColumnKind.Text => AsText(),
        TableColumnKind.Boolean => AsBoolean() ? "true" : "false",
        TableColumnKind.Double => AsDouble().ToString("R", CultureInfo.InvariantCulture),
        TableColumnKind.Instant => AsInstant().ToString("O", CultureInfo.InvariantCulture),
        TableColumnKind.Binary => $"{AsBinary().Length.ToString(CultureInfo.InvariantCulture)} bytes",
        TableColumnKind.Guid => AsGuid().ToString("D"),
        _ => bits.ToString(CultureInfo.InvariantCulture),
    };

    private object Reference(TableColumnKind kind) => Is(kind) ? reference! : throw Mismatch(kind);

    private long Bits(TableColumnKind kind) => Is(kind) ? bits : throw Mismatch(kind);

    private bool Is(TableColumnKind kind) => HasValue && Kind == kind;

    private InvalidCastException Mismatch(TableColumnKind kind) =>
        new(HasValue ? $"The value is of kind {Kind}, not {kind}." : $"There is no value of kind {kind}.");
}
