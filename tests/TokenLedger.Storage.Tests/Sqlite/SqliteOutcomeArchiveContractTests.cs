using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class SqliteOutcomeArchiveContractTests() : OutcomeArchiveContract(new SqliteStorage());
