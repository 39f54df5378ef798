"""The vector store: what encoders made, where items lie in each generation, and who lies near."""
