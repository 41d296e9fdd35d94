using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class SqliteRecordsContractTests() : RecordsContract(new SqliteStorage());
