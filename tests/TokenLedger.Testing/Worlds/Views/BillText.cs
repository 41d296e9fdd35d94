namespace TokenLedger.Testing.Worlds.Views;

/// <summary>A view of a day as bytes, and what in it counts.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Figures">The rows in a fixed order: equal figures are equal bills.</param>
/// <param name="Rows">How many rows it has.</param>
public sealed record BillText(ReadOnlyMemory<byte> Content, string Figures, int Rows);
