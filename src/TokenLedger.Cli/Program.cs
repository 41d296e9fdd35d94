Console.WriteLine("tokenledger");
